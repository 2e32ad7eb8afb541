"""An answer that makes it as hard as it can for a check."""


class Hostile:
    """An object that raises whatever is done with it."""

    def _refuse(self, *_):
        raise RuntimeError("hands off")

    __array__ = __eq__ = __getattr__ = __getitem__ = __iter__ = __len__ = __repr__ = _refuse
    __float__ = __bool__ = __hash__ = __call__ = _refuse
    __class__ = property(_refuse)
