# Extra lessons, clubs, mentoring pairs, marks
