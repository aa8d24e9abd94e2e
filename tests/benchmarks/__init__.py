"""How fast it is, measured on the machine at hand: never asserted, always told with how it was measured."""
