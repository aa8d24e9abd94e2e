"""The Action plan page: deadlines, lines by strand, a line whole, and the forms that change it."""
