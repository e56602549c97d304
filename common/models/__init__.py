from common.models.number_series import NumberSeries

__all__ = ["NumberSeries"]
