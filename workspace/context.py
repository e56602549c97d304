def shell(request):
    """What the rail and the top bar of every page need."""
    return {}
