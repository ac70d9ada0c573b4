"""Drawings of computational graphs: one layout, five formats, all pure functions to str."""
