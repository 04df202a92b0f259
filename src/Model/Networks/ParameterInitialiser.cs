using Tempera.Model.Random;

namespace Tempera.Model.Networks;

/// <summary>Initial weights: uniform in +-1/sqrt(fan-in) for weights and biases, the usual choice for linear maps.</summary>
public static class ParameterInitialiser
{
    /// <summary>Fills all networks from the initialisation stream.</summary>
    public static void Initialise(PolicyParameters parameters, RandomStreams streams)
    {
        var network = 0;
        foreach (var target in parameters.Networks)
        {
            var random = streams.At(RandomStreams.Initialisation, network++);
            foreach (var slot in target.Layout.Slots)
            {
                // A bias without inputs is the scalar log Z of an unconditional policy, which starts at the known part.
                var bound = slot.FanIn == 0 ? 0 : 1 / Math.Sqrt(slot.FanIn);
                var values = target.Slot(slot);
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] = (float)(bound * ((2 * random.Uniform((ulong)(slot.Offset + i))) - 1));
                }
            }
        }
    }
}
