using Tempera.Model.Random;
using Tempera.Model.Settings;

namespace Tempera.Model.Schedules;

/// <summary>Every beta in [a, b] alike: <c>uniform:1,3</c>. Density 1 / (b - a).</summary>
public sealed class UniformSchedule : StationarySchedule
{
    private readonly double _minimum;
    private readonly double _maximum;

    /// <summary>U[minimum, maximum].</summary>
    public UniformSchedule(double minimum, double maximum)
        : base($"uniform:{SettingText.Format(minimum)},{SettingText.Format(maximum)}", minimum, maximum)
    {
        (_minimum, _maximum) = (minimum, maximum);
    }

    private protected override double Draw(RandomStream random, ulong index) =>
        _minimum + (_maximum - _minimum) * random.Uniform(2 * index);
}
