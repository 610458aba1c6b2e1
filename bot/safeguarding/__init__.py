"""What keeps children safe without any model: the floor, and redaction."""
