"""What happens when someone asks: one module per screen, same name as its layout."""
