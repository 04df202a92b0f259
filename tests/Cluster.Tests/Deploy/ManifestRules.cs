using k8s.Models;

namespace Tempera.Cluster.Tests.Deploy;

/// <summary>What strict parsing does not see: references that lead nowhere, pods that the restricted policy refuses, deadlines that do not fit.</summary>
internal static class ManifestRules
{
    /// <summary>A sentence for everything that is wrong.</summary>
    public static IReadOnlyList<string> Breaches(Overlay overlay) =>
        [.. Selectors(overlay), .. References(overlay), .. PodTemplate.Of(overlay).SelectMany(Pod), .. Silos(overlay), .. Policies(overlay), .. Namespaces(overlay)];

    private static IEnumerable<string> Selectors(Overlay overlay)
    {
        var pods = PodTemplate.Of(overlay).ToList();
        foreach (var pod in pods.Where(static pod => pod.Owner.StartsWith("Deployment/", StringComparison.Ordinal)))
        {
            if (pod.Selector is null || !pod.Matches(pod.Selector.MatchLabels))
            {
                yield return $"{pod.Owner} does not select its own pods";
            }

            foreach (var other in pods.Where(other => other != pod && other.Matches(pod.Selector?.MatchLabels)))
            {
                yield return $"{pod.Owner} selects the pods of {other.Owner}";
            }
        }

        foreach (var service in overlay.All<V1Service>())
        {
            var behind = pods.Where(pod => pod.Matches(service.Spec.Selector)).ToList();
            foreach (var port in service.Spec.Ports)
            {
                if (behind.Count == 0 || !behind.All(pod => pod.Containers.Any(container =>
                    container.Ports?.Any(named => named.Name == port.TargetPort.Value && named.ContainerPort == port.Port) == true)))
                {
                    yield return $"Service/{service.Metadata.Name} leads to no container port {port.TargetPort.Value} {port.Port}";
                }
            }
        }

        foreach (var budget in overlay.All<V1PodDisruptionBudget>())
        {
            if (!pods.Exists(pod => pod.Matches(budget.Spec.Selector.MatchLabels)))
            {
                yield return $"PodDisruptionBudget/{budget.Metadata.Name} covers no pod";
            }
        }

        foreach (var policy in overlay.All<V1NetworkPolicy>())
        {
            if (policy.Spec.PodSelector.MatchLabels is { Count: > 0 } labels && !pods.Exists(pod => pod.Matches(labels)))
            {
                yield return $"NetworkPolicy/{policy.Metadata.Name} covers no pod";
            }
        }
    }

    private static IEnumerable<string> References(Overlay overlay)
    {
        var configs = overlay.All<V1ConfigMap>().Select(static item => item.Metadata.Name).ToHashSet();
        var secrets = overlay.All<V1Secret>().ToDictionary(static item => item.Metadata.Name, static item => item.Data.Keys);
        var accounts = overlay.All<V1ServiceAccount>().Select(static item => item.Metadata.Name).ToHashSet();
        foreach (var pod in PodTemplate.Of(overlay))
        {
            if (pod.Spec.ServiceAccountName is { } account && !accounts.Contains(account))
            {
                yield return $"{pod.Owner} uses the missing ServiceAccount/{account}";
            }

            var volumes = (pod.Spec.Volumes ?? []).ToDictionary(static volume => volume.Name);
            foreach (var volume in volumes.Values.Where(volume => volume.Secret is { } secret && !secrets.ContainsKey(secret.SecretName)))
            {
                yield return $"{pod.Owner} mounts the missing Secret/{volume.Secret.SecretName}";
            }

            foreach (var container in pod.Containers)
            {
                foreach (var source in (container.EnvFrom ?? []).Where(source => source.ConfigMapRef is { } map && !configs.Contains(map.Name)))
                {
                    yield return $"{pod.Owner} reads the missing ConfigMap/{source.ConfigMapRef.Name}";
                }

                foreach (var mount in (container.VolumeMounts ?? []).Where(mount => !volumes.ContainsKey(mount.Name)))
                {
                    yield return $"{pod.Owner} mounts the missing volume {mount.Name}";
                }

                foreach (var file in (container.Env ?? []).Where(static variable => variable.Name.EndsWith("_FILE", StringComparison.Ordinal)))
                {
                    var mount = container.VolumeMounts?.FirstOrDefault(mount => file.Value.StartsWith(mount.MountPath + "/", StringComparison.Ordinal));
                    var secret = mount is not null && volumes.TryGetValue(mount.Name, out var volume) ? volume.Secret?.SecretName : null;
                    if (secret is null || !secrets.TryGetValue(secret, out var keys) || !keys.Contains(Path.GetFileName(file.Value)))
                    {
                        yield return $"{pod.Owner} names the file {file.Value}, which no secret holds";
                    }
                }
            }
        }
    }

    // Pod Security Standards, level restricted, and what a pod of ours has besides.
    private static IEnumerable<string> Pod(PodTemplate pod)
    {
        if (pod.Spec.HostNetwork == true || pod.Spec.HostPID == true || pod.Spec.HostIPC == true)
        {
            yield return $"{pod.Owner} shares a namespace of the host";
        }

        if (pod.Spec.AutomountServiceAccountToken != false)
        {
            yield return $"{pod.Owner} mounts a token that it does not need";
        }

        if (pod.Spec.SecurityContext is not { RunAsNonRoot: true, RunAsUser: > 0, SeccompProfile.Type: "RuntimeDefault" })
        {
            yield return $"{pod.Owner} may run as root or without seccomp";
        }

        foreach (var volume in (pod.Spec.Volumes ?? []).Where(static volume => volume.Secret is null && volume.EmptyDir is null && volume.ConfigMap is null))
        {
            yield return $"{pod.Owner} has the volume {volume.Name} of a kind that is refused";
        }

        foreach (var container in pod.Containers)
        {
            if (container.SecurityContext is not { AllowPrivilegeEscalation: false, ReadOnlyRootFilesystem: true, Privileged: not true, RunAsUser: null } context
                || context.Capabilities?.Drop?.Contains("ALL") != true || context.Capabilities.Add is { Count: > 0 })
            {
                yield return $"{pod.Owner} has the container {container.Name} with privileges";
            }

            if (container.Resources?.Requests is not { } requests || !requests.ContainsKey("cpu") || !requests.ContainsKey("memory")
                || container.Resources.Limits?.ContainsKey("memory") != true)
            {
                yield return $"{pod.Owner} has the container {container.Name} without requests or a limit of memory";
            }

            if (container.Image.LastIndexOf(':') is var colon && (colon < 0 || container.Image[(colon + 1)..] is "latest" or ""))
            {
                yield return $"{pod.Owner} has the image {container.Image} without a version";
            }

            if (container.Ports?.Any(static port => port.HostPort is not null) == true)
            {
                yield return $"{pod.Owner} takes a port of the host";
            }
        }
    }

    private static IEnumerable<string> Silos(Overlay overlay)
    {
        foreach (var pod in PodTemplate.Of(overlay).Where(static pod => pod.Containers.Any(static container => container.Name == "silo")))
        {
            var silo = pod.Containers.Single(static container => container.Name == "silo");
            var map = overlay.All<V1ConfigMap>().FirstOrDefault(map => map.Metadata.Name == silo.EnvFrom.Single().ConfigMapRef.Name);
            var deadline = map?.Data.TryGetValue("TEMPERA_SILO_CHECKPOINT_DEADLINE", out var text) == true ? int.Parse(text) : 60;
            if (pod.Spec.TerminationGracePeriodSeconds is not { } grace || grace < deadline + 30)
            {
                yield return $"{pod.Owner} has less time to stop than a checkpoint may take";
            }

            foreach (var (probe, path) in new[] { (silo.StartupProbe, "/health/started"), (silo.LivenessProbe, "/health/live"), (silo.ReadinessProbe, "/health/ready") })
            {
                if (probe?.HttpGet?.Path != path || silo.Ports.All(port => port.Name != probe.HttpGet.Port.Value))
                {
                    yield return $"{pod.Owner} is not probed at {path}";
                }
            }

            foreach (var (name, field) in new[] { ("TEMPERA_SILO_NAME", "metadata.name"), ("TEMPERA_SILO_ADVERTISED_ADDRESS", "status.podIP") })
            {
                if (silo.Env.FirstOrDefault(variable => variable.Name == name)?.ValueFrom?.FieldRef?.FieldPath != field)
                {
                    yield return $"{pod.Owner} does not learn {field} as {name}";
                }
            }
        }
    }

    private static IEnumerable<string> Policies(Overlay overlay)
    {
        var policies = overlay.All<V1NetworkPolicy>().ToList();
        if (!policies.Exists(static policy => policy.Spec.PodSelector.MatchLabels is null && policy.Spec.Ingress is null && policy.Spec.Egress is null
            && policy.Spec.PolicyTypes.Contains("Ingress") && policy.Spec.PolicyTypes.Contains("Egress")))
        {
            yield return "nothing is denied by default";
        }

        foreach (var (from, to, port) in new[] { ("silo", "silo", "11111"), ("client", "silo", "30000") })
        {
            if (!policies.Exists(policy => Allows(policy.Spec.Ingress?.Select(static rule => (rule.FromProperty, rule.Ports)), policy, to, from, port))
                || !policies.Exists(policy => Allows(policy.Spec.Egress?.Select(static rule => (rule.To, rule.Ports)), policy, from, to, port)))
            {
                yield return $"no policy lets {from} reach {to} at {port}";
            }
        }
    }

    private static bool Allows(
        IEnumerable<(IList<V1NetworkPolicyPeer> Peers, IList<V1NetworkPolicyPort> Ports)>? rules, V1NetworkPolicy policy, string self, string other, string port) =>
        Component(policy.Spec.PodSelector) == self
        && (rules ?? []).Any(rule => rule.Peers?.Any(peer => peer.PodSelector is not null && Component(peer.PodSelector) == other) == true
            && rule.Ports.Any(allowed => allowed.Port.Value == port));

    private static string? Component(V1LabelSelector selector) =>
        selector.MatchLabels is { } labels && labels.TryGetValue("app.kubernetes.io/component", out var component) ? component : null;

    private static IEnumerable<string> Namespaces(Overlay overlay)
    {
        var name = overlay.All<V1Namespace>().SingleOrDefault();
        if (name?.Metadata.Labels?.TryGetValue("pod-security.kubernetes.io/enforce", out var level) != true || level != "restricted")
        {
            yield return "the namespace does not enforce the restricted policy";
        }

        foreach (var item in overlay.Objects.OfType<k8s.IKubernetesObject<V1ObjectMeta>>().Where(static item => item is not V1Namespace))
        {
            if (item.Metadata.NamespaceProperty != name?.Metadata.Name)
            {
                yield return $"{item.GetType().Name} {item.Metadata.Name} is in another namespace";
            }
        }
    }
}
