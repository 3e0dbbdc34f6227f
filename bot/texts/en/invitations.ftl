# Slips with invitations, who has come, guardians' access

access-closed =
    The school has ended your access to messages about a child: { $child }.

    If this is a mistake, tell the class teacher, who can give you a new invitation. To see or erase your data: /privacy.
error-nobody-came = Nobody has come to this place yet: there is no access to end. The invitation can be withdrawn.
