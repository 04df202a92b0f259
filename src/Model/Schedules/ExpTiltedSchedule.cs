using Tempera.Model.Random;
using Tempera.Model.Settings;

namespace Tempera.Model.Schedules;

/// <summary>Large betas favoured: <c>exp-tilted:1,3</c>. Density e^beta / (e^b - e^a) on [a, b].</summary>
/// <remarks>
/// beta = b + log(u + (1 - u) e^(a - b)) with u uniform: e^beta itself would overflow. Called "loguniform" in the released
/// code of Kim et al. 2024.
/// </remarks>
public sealed class ExpTiltedSchedule : StationarySchedule
{
    private readonly double _maximum;
    private readonly double _lowest;

    /// <summary>On [minimum, maximum].</summary>
    public ExpTiltedSchedule(double minimum, double maximum)
        : base($"exp-tilted:{SettingText.Format(minimum)},{SettingText.Format(maximum)}", minimum, maximum)
    {
        (_maximum, _lowest) = (maximum, Math.Exp(minimum - maximum));
    }

    private protected override double Draw(RandomStream random, ulong index)
    {
        // 1 - u is in (0, 1], so the logarithm is finite even where e^(a - b) is 0.
        var share = 1 - random.Uniform(2 * index);
        return _maximum + Math.Log(share + (1 - share) * _lowest);
    }
}
