using Tempera.Contracts.Campaigns;
using Tempera.Contracts.Errors;

namespace Tempera.Grains.Campaigns;

/// <summary>The ranges of what callers ask of a campaign.</summary>
internal static class CampaignArguments
{
    private const int MaxSamples = 1_000_000, MaxBetas = 100, MaxPage = 10_000, MaxPoints = 10_000, MaxRounds = 10_000_000, MaxKey = 200;

    /// <summary>Checks a request for rounds.</summary>
    public static void Check(DiscoverRequest request)
    {
        Require(request.Key is { Length: >= 1 and <= MaxKey }, "key", $"1 to {MaxKey} characters", request.Key is null ? "none" : $"{request.Key.Length}");
        Require(request.Rounds is >= 1 and <= MaxRounds, "rounds", $"1 to {MaxRounds}", request.Rounds);
    }

    /// <summary>Checks a request for samples.</summary>
    public static void Check(SampleRequest request)
    {
        CheckBeta("beta", request.Beta);
        Require(request.Count is >= 1 and <= MaxSamples, "count", $"1 to {MaxSamples}", request.Count);
    }

    /// <summary>Checks a request for metrics.</summary>
    public static void Check(EvaluateRequest request)
    {
        var betas = request.Betas.IsDefault ? [] : request.Betas;
        Require(betas.Length is >= 1 and <= MaxBetas, "betas", $"1 to {MaxBetas} numbers", betas.Length);
        foreach (var beta in betas)
        {
            CheckBeta("betas", beta);
        }

        Require(request.Samples is >= 1 and <= MaxSamples, "samples", $"1 to {MaxSamples}", request.Samples);
    }

    /// <summary>Checks a page.</summary>
    public static void CheckPage(long from, int count)
    {
        Require(from >= 0, "from", "0 or more", from);
        Require(count is >= 1 and <= MaxPage, "count", $"1 to {MaxPage}", count);
    }

    /// <summary>Checks a grid of betas.</summary>
    public static void CheckGrid(float betaMin, float betaMax, int points)
    {
        CheckBeta("betaMin", betaMin);
        CheckBeta("betaMax", betaMax);
        Require(betaMax >= betaMin, "betaMax", $"betaMin ({betaMin}) or more", betaMax);
        Require(points is >= 1 and <= MaxPoints, "points", $"1 to {MaxPoints}", points);
    }

    private static void CheckBeta(string name, float beta) => Require(beta > 0 && float.IsFinite(beta), name, "finite and above 0", beta);

    private static void Require(bool holds, string name, string rule, object received)
    {
        if (!holds)
        {
            throw new TemperaException(TemperaError.InvalidSetting, FormattableString.Invariant($"{name} must be {rule}; received {received}. Give a value in that range."));
        }
    }
}
