"""What is drawn: pure functions from a judgement or a frame to a picture, in one look for light and one for dark."""
