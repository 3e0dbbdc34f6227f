"""Progress notes: /note, /notes, /class for the teacher; /children and the buttons of the guardian."""
