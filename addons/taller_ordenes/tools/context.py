"""Contexts arrive from clients, defaults in them too."""


def without_defaults(model, names):
    """The model without the context's default values for the fields of these names."""
    return model.with_context(  # pylint: disable=context-overridden
        {
            key: value
            for key, value in model.env.context.items()
            if not (key.startswith("default_") and key.removeprefix("default_") in names)
        }
    )
