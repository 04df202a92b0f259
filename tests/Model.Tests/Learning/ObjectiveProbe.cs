using Tempera.Model.Evaluation;
using Xunit;

namespace Tempera.Model.Tests.Learning;

public sealed class ObjectiveProbe
{
    [Fact]
    public void Probe()
    {
        foreach (var line in Environment.GetEnvironmentVariable("PROBE")!.Split(';'))
        {
            var parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var rounds = int.Parse(parts[1]);
            var clock = System.Diagnostics.Stopwatch.StartNew();
            using var campaign = new Campaign(parts[0], rounds, 0, [("threads", "1"), .. parts[2..].Select(p => (p.Split('=')[0], p.Split('=')[1]))]);
            var outcome = campaign.Run(rounds);
            var evaluator = new PolicyEvaluator(campaign.Task);
            var text = line + $" loss {outcome.Loss:G3} {clock.Elapsed.TotalSeconds:F1}s";
            foreach (var beta in new float[] { 1, 2, 3 })
            {
                var e = evaluator.Evaluate(campaign.Learner.Engine, beta, 100, 1, default);
                text += $" | {beta}: tv {e.Tv:F5} dz {e.LogZModel - e.LogZTarget:F4}";
            }

            Console.Error.WriteLine(text);
        }
    }
}
