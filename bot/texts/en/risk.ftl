# The register, learning routes, agreement
