using Tempera.Model.Random;
using Tempera.Model.Settings;

namespace Tempera.Model.Schedules;

/// <summary>N(mu, sigma^2), values outside [a, b] moved to the nearer end: <c>clipped-normal:1,3,mu=2,sigma=0.5</c>.</summary>
public sealed class ClippedNormalSchedule : StationarySchedule
{
    private readonly double _mean;
    private readonly double _deviation;

    /// <summary>Mean <paramref name="mean"/> and standard deviation <paramref name="deviation"/> before clipping.</summary>
    public ClippedNormalSchedule(double minimum, double maximum, double mean, double deviation)
        : base(
            $"clipped-normal:{SettingText.Format(minimum)},{SettingText.Format(maximum)},mu={SettingText.Format(mean)},sigma={SettingText.Format(deviation)}",
            minimum,
            maximum)
    {
        (_mean, _deviation) = (mean, deviation);
    }

    private protected override double Draw(RandomStream random, ulong index) => _mean + _deviation * random.Normal(index);
}
