"""The numbers of a solution, limits where a form is 0/0, and what differences say of them."""
