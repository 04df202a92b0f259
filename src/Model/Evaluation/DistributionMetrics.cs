namespace Tempera.Model.Evaluation;

/// <summary>Distances between two distributions over the same objects, given as log-probabilities in one order. Nats throughout.</summary>
public static class DistributionMetrics
{
    /// <summary>Total variation, 1/2 sum |p - q|, in [0, 1].</summary>
    public static double TotalVariation(ReadOnlySpan<double> logP, ReadOnlySpan<double> logQ)
    {
        CheckLengths(logP, logQ);
        var sum = 0.0;
        for (var i = 0; i < logP.Length; i++)
        {
            sum += Math.Abs(Math.Exp(logP[i]) - Math.Exp(logQ[i]));
        }

        return Math.Min(sum / 2, 1);
    }

    /// <summary>KL(p || q) = sum p (log p - log q); infinite where q misses an object of p.</summary>
    public static double KullbackLeibler(ReadOnlySpan<double> logP, ReadOnlySpan<double> logQ)
    {
        CheckLengths(logP, logQ);
        var sum = 0.0;
        for (var i = 0; i < logP.Length; i++)
        {
            sum += Term(logP[i], logQ[i]);
        }

        return Math.Max(sum, 0);
    }

    /// <summary>Jensen-Shannon divergence, the mean of KL(p || m) and KL(q || m) with m = (p + q) / 2, in [0, ln 2].</summary>
    public static double JensenShannon(ReadOnlySpan<double> logP, ReadOnlySpan<double> logQ)
    {
        CheckLengths(logP, logQ);
        var sum = 0.0;
        for (var i = 0; i < logP.Length; i++)
        {
            var middle = LogMath.LogAdd(logP[i], logQ[i]) - Math.Log(2);
            sum += Term(logP[i], middle) + Term(logQ[i], middle);
        }

        return Math.Clamp(sum / 2, 0, Math.Log(2));
    }

    // p log p goes to 0 with p, also where p underflows.
    private static double Term(double logP, double logQ)
    {
        var p = Math.Exp(logP);
        return p == 0 ? 0 : p * (logP - logQ);
    }

    private static void CheckLengths(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        if (a.Length != b.Length)
        {
            throw new ArgumentException($"Both distributions must list the same objects; got {a.Length} and {b.Length}. Compute both over one list.");
        }
    }
}
