"""Charts of the desk as inline SVG: where things stand is worked out here, ``templates/charts.html`` draws them.

No chart carries a style of its own; classes name what a shape is, the stylesheet says how that looks. Nothing is told
by colour alone, and every page that shows a chart has the same figures in a table beside it.
"""
