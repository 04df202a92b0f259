using System.Diagnostics;

using k8s;

using Tempera.Cluster.Tests.Fixtures;

using Xunit;

namespace Tempera.Cluster.Tests.Deploy;

/// <summary>A rendered overlay, parsed strictly: an unknown kind, field or type throws.</summary>
internal sealed record Overlay(string Text, IReadOnlyList<object> Objects)
{
    private static readonly Dictionary<string, string> Rendered = [];

    public static Overlay Load(string name) => Parse(Render(name));

    public static Overlay Parse(string text) => new(text, KubernetesYaml.LoadAllFromString(text, strict: true));

    public IEnumerable<T> All<T>() => Objects.OfType<T>();

    private static string Render(string name)
    {
        lock (Rendered)
        {
            if (!Rendered.TryGetValue(name, out var text))
            {
                var program = new[] { Checkout.At("artifacts", "kubectl", "usr", "bin", "kubectl"), "/usr/bin/kubectl" }.FirstOrDefault(File.Exists);
                Assert.SkipWhen(program is null, "kubectl is not installed; .ci/services fetches it");
                var start = new ProcessStartInfo(program, ["kustomize", Checkout.At("deploy", "k8s", "overlays", name)])
                {
                    RedirectStandardOutput = true,
                };
                using var kubectl = Process.Start(start)!;
                text = kubectl.StandardOutput.ReadToEnd();
                kubectl.WaitForExit();
                Assert.Equal(0, kubectl.ExitCode);
                Rendered[name] = text;
            }

            return text;
        }
    }
}
