"""What supports pupils on the register: extra lessons, clubs, mentoring pairs."""
