def greet(whom):
    return f"Hello from {whom}, in the library's words\n"
