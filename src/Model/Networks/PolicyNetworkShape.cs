namespace Tempera.Model.Networks;

/// <summary>The layout of one policy network.</summary>
public sealed record PolicyNetworkShape(ParameterLayout Layout);
