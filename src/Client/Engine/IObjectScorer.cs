namespace Tempera.Client.Engine;

/// <summary>Scores objects written as text.</summary>
internal interface IObjectScorer
{
    /// <summary>Scores one object; on failure the error states the rule, the value received and the remedy.</summary>
    bool TryScore(string text, out double score, out string? error);
}
