using Tempera.Contracts.Errors;
using Tempera.Grains.Hosting;
using Tempera.Grains.Training;

namespace Tempera.Grains.Oracles;

/// <summary>Calls the oracle for one grain, on its compute thread.</summary>
internal sealed class OracleCaller(CampaignServices services, string campaign, ComputeThread compute)
{
    /// <summary>Asks for the scores that are not known and takes them in; returns for how many objects.</summary>
    /// <exception cref="TemperaException">The oracle failed.</exception>
    public async Task<int> Evaluate(OracleSession session, byte[] objects)
    {
        var unknown = session.Unknown(objects);
        if (unknown.Length > 0)
        {
            var started = services.Time.GetTimestamp();
            var scores = await Score(session, unknown);
            if (session.Delay > TimeSpan.Zero)
            {
                await Task.Delay(session.Delay * unknown.Length, services.Time);
            }

            session.Learn(unknown, scores);
            services.Telemetry.RecordOracle(campaign, unknown.Length, services.Time.GetElapsedTime(started).TotalSeconds);
        }

        return unknown.Length;
    }

    /// <summary>Scores of objects; changes nothing.</summary>
    /// <exception cref="TemperaException">The oracle failed.</exception>
    public async Task<double[]> Score(OracleSession session, UInt128[] objects)
    {
        try
        {
            return await compute.RunBrief(() => session.Score(objects));
        }
        catch (Exception exception) when (exception is not TemperaException)
        {
            throw new TemperaException(TemperaError.OracleFailed,
                $"The oracle {session.Oracle.Version} must score every object of the design space; it failed on {objects.Length} objects: {exception.Message} Correct the oracle, then resume.", exception);
        }
    }
}
