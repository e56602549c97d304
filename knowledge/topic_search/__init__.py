"""Finding a topic by whatever a person types: three languages at once, bent, cut short, misspelled.

Plain Python without Django. `folding` says how words are compared, `likeness` how well a known word
answers a typed one, `index` which topics that makes.
"""
