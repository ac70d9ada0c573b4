"""What a solution tells a reader: sentences, reasons, their order, and one quantity explained."""
