using Tempera.Model.Networks;
using Xunit;

namespace Tempera.Model.Tests.Engines;

/// <summary>Holds a network's gradient against central differences of a function computed in double precision.</summary>
internal static class CentralDifferences
{
    /// <summary>Fails where the gradient of a weight matrix is off by more than 1e-4 of its norm, plus 1e-5; checks a dozen weights of each.</summary>
    /// <param name="network">The network with its gradient.</param>
    /// <param name="values">The weights that <paramref name="function"/> reads; moved and put back.</param>
    /// <param name="function">The function.</param>
    public static void AssertGradient(NetworkParameters network, double[] values, Func<double> function)
    {
        foreach (var slot in network.Layout.Slots)
        {
            double error = 0, norm = 0;
            for (var i = slot.Offset; i < slot.Offset + slot.Length; i += Math.Max(1, slot.Length / 12))
            {
                // Small, so that a step hardly ever crosses a kink of LeakyReLU.
                const double step = 1e-7;
                var kept = values[i];
                values[i] = kept + step;
                var above = function();
                values[i] = kept - step;
                var expected = (above - function()) / (2 * step);
                values[i] = kept;
                error += Math.Pow(network.Gradient[i] - expected, 2);
                norm += expected * expected;
            }

            Assert.True(Math.Sqrt(error) <= (1e-4 * Math.Sqrt(norm)) + 1e-5, $"{network.Name}/{slot.Name}: error {Math.Sqrt(error)}, norm {Math.Sqrt(norm)}");
        }
    }
}
