using k8s.Models;

namespace Tempera.Cluster.Tests.Deploy;

/// <summary>The pods that an object makes.</summary>
internal sealed record PodTemplate(string Owner, V1ObjectMeta Metadata, V1PodSpec Spec, V1LabelSelector? Selector)
{
    public IEnumerable<V1Container> Containers => (Spec.InitContainers ?? []).Concat(Spec.Containers);

    public static IEnumerable<PodTemplate> Of(Overlay overlay) =>
    [
        .. overlay.All<V1Deployment>().Select(static item =>
            new PodTemplate($"Deployment/{item.Metadata.Name}", item.Spec.Template.Metadata, item.Spec.Template.Spec, item.Spec.Selector)),
        .. overlay.All<V1Job>().Select(static item =>
            new PodTemplate($"Job/{item.Metadata.Name}", item.Spec.Template.Metadata, item.Spec.Template.Spec, null)),
    ];

    /// <summary>True when a selector's labels, of which there is at least one, are all on the pods.</summary>
    public bool Matches(IDictionary<string, string>? labels) =>
        labels is { Count: > 0 } && labels.All(label => Metadata.Labels.TryGetValue(label.Key, out var value) && value == label.Value);
}
