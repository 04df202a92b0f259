namespace Tempera.Model.Schedules;

/// <summary>
/// Position on an annealing path that slows, or goes back to the start, when new modes become rare.
/// </summary>
/// <remarks>
/// <para>The rate r is an exponential average, over about 32 rounds, of new modes per new oracle call (a round without new
/// calls counts as one without new modes); its peak p is the largest r since the path was last begun. With q = r / p:</para>
/// <para>q at least 1/2: the pace of the plan. Below: 2 q times that pace, at least a fifth. Below 1/10, once a quarter of the path
/// is behind: back to the start (re-heating), with p = r. While no mode is known q is 1. The end of the path is held, unless
/// the plan has restarts left.</para>
/// <para>A function of the contexts seen, which <see cref="Capture"/> and <see cref="Restore"/> carry over.</para>
/// </remarks>
internal sealed class AdaptivePace(int restarts)
{
    private const double Smoothing = 1.0 / 32, FullPace = 0.5, SlowestPace = 0.2, Stalled = 0.1, ShortestStay = 0.25;

    private double _position;
    private double _restarts;
    private double _rate;
    private double _peak;
    private double _progress;
    private double _calls;
    private double _modes;

    public double Advance(in ScheduleContext context, double progress)
    {
        var found = context.Modes - _modes;
        _rate += Smoothing * (found / Math.Max(1, context.OracleCalls - _calls) - _rate);
        _peak = Math.Max(_peak, _rate);
        var share = _peak > 0 ? _rate / _peak : 1;

        _position += (progress - _progress) * (restarts + 1) * Math.Clamp(share / FullPace, SlowestPace, 1);
        if (share < Stalled && _position >= ShortestStay)
        {
            (_position, _peak) = (0, _rate);
        }
        else if (_position >= 1)
        {
            (_position, _restarts) = _restarts < restarts ? (_position - 1, _restarts + 1) : (1, _restarts);
        }

        (_progress, _calls, _modes) = (progress, context.OracleCalls, context.Modes);
        return _position;
    }

    public IReadOnlyList<double> Capture() => [_position, _restarts, _rate, _peak, _progress, _calls, _modes];

    public void Restore(IReadOnlyList<double> state) =>
        (_position, _restarts, _rate, _peak, _progress, _calls, _modes) = (state[0], state[1], state[2], state[3], state[4], state[5], state[6]);
}
