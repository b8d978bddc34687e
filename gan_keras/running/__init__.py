"""A run: its settings and folder, its training, and what is made of it afterwards."""
