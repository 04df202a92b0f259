namespace Tempera.Model.Networks;

/// <summary>The layout of the log Z head.</summary>
public sealed record LogZShape(ParameterLayout Layout);
