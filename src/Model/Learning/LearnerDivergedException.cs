namespace Tempera.Model.Learning;

/// <summary>Training met non-finite values too many times in a row; the message names the round and the betas.</summary>
public sealed class LearnerDivergedException(string message) : Exception(message);
