using Tempera.Model.Engines;

namespace Tempera.Model.Objectives;

/// <summary>Rows of the terms' arrays, and the writing of gradients that are the same at every step.</summary>
internal static class GradientRows
{
    /// <summary>The part of an array over steps that belongs to a trajectory.</summary>
    public static Span<T> Steps<T>(this TrajectoryTerms terms, T[] values, int b) => values.AsSpan(b * terms.MaxSteps, terms.MaxSteps);

    /// <summary>The part of an array over states that belongs to a trajectory.</summary>
    public static Span<T> States<T>(this TrajectoryTerms terms, T[] values, int b) => values.AsSpan(b * (terms.MaxSteps + 1), terms.MaxSteps + 1);

    /// <summary>The slope at each of a trajectory's steps, 0 from its length on.</summary>
    public static void Fill(Span<float> gradient, int length, double slope)
    {
        gradient[..length].Fill((float)slope);
        gradient[length..].Clear();
    }
}
