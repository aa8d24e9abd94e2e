"""London time, the working calendar, and the periods that figures are read by."""
