using static TorchSharp.torch;

namespace Tempera.Model.Engines.Torch;

/// <summary>The leaves of one linear map y = x W + b, <c>[in, out]</c> and <c>[out]</c>.</summary>
internal readonly record struct TorchLinear(Tensor Weight, Tensor Bias)
{
    /// <summary>An MLP with LeakyReLU between its maps and none after the last.</summary>
    public static Tensor Mlp(TorchContext context, ReadOnlySpan<TorchLinear> maps, Tensor x)
    {
        for (var i = 0; i < maps.Length; i++)
        {
            x = context.Linear(i == 0 ? x : TorchContext.LeakyRelu(x), maps[i].Weight, maps[i].Bias);
        }

        return x;
    }
}
