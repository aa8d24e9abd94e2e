"""What people see: one thin script a page, named as in the menu."""
