namespace Tempera.Model.Networks;

/// <summary>The slots of one linear map y = x W + b.</summary>
public readonly record struct LinearSlots(ParameterSlot Weight, ParameterSlot Bias);
