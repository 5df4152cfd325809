"""How clocks are drawn, also by the templates of upper apps."""
