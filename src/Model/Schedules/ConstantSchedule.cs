using Tempera.Model.Random;
using Tempera.Model.Settings;

namespace Tempera.Model.Schedules;

/// <summary>One beta always: <c>constant:2</c>.</summary>
public sealed class ConstantSchedule : StationarySchedule
{
    private readonly double _beta;

    /// <summary>Always <paramref name="beta"/>.</summary>
    public ConstantSchedule(double beta)
        : base($"constant:{SettingText.Format(beta)}", beta, beta)
    {
        _beta = beta;
    }

    private protected override double Draw(RandomStream random, ulong index) => _beta;
}
