"""How a figure is printed."""


def figure(name, value, unit):
    text = str(value) if isinstance(value, int) else f"{value:.6g}"
    print(f"{name} {text} {unit}", flush=True)
