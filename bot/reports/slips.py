"""What people hold in their hands when they come in."""

from io import BytesIO


def qr_code(link: str) -> bytes:
    """A PNG of the link that a phone reads from a screen or from paper."""
    import segno

    picture = BytesIO()
    segno.make(link, error="m").save(picture, kind="png", scale=10, border=4)
    return picture.getvalue()
