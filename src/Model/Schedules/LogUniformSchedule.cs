using Tempera.Model.Random;
using Tempera.Model.Settings;

namespace Tempera.Model.Schedules;

/// <summary>log beta uniform: <c>log-uniform:1,100</c>. Density 1 / (beta log(b / a)) on [a, b].</summary>
/// <remarks>Called "expuniform" in the released code of Kim et al. 2024.</remarks>
public sealed class LogUniformSchedule : StationarySchedule
{
    private readonly double _minimum;
    private readonly double _logRatio;

    /// <summary>On [minimum, maximum].</summary>
    public LogUniformSchedule(double minimum, double maximum)
        : base($"log-uniform:{SettingText.Format(minimum)},{SettingText.Format(maximum)}", minimum, maximum)
    {
        (_minimum, _logRatio) = (minimum, Math.Log(maximum / minimum));
    }

    private protected override double Draw(RandomStream random, ulong index) =>
        _minimum * Math.Exp(_logRatio * random.Uniform(2 * index));
}
