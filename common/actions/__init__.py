from common.actions.take_number import take_number

__all__ = ["take_number"]
