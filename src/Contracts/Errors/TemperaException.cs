namespace Tempera.Contracts.Errors;

/// <summary>An error for a caller: the message states the rule, the value received and the remedy.</summary>
[GenerateSerializer, Alias("tempera.exception")]
public sealed class TemperaException : Exception
{
    /// <summary>Creates an error with its code and its message.</summary>
    public TemperaException(TemperaError code, string message, Exception? inner = null)
        : base(message, inner) => Code = code;

    /// <summary>Which error this is.</summary>
    [Id(0)] public TemperaError Code { get; }
}
