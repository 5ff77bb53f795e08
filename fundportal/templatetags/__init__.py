"""The components: one inclusion tag, one template and one block of CSS each. `{% load components %}` brings all."""
