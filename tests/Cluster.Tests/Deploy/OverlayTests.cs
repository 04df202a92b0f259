using k8s.Models;

using Xunit;

namespace Tempera.Cluster.Tests.Deploy;

public sealed class OverlayTests
{
    public static TheoryData<string> Overlays => ["dev", "gpu"];

    [Theory]
    [MemberData(nameof(Overlays))]
    public void An_overlay_keeps_every_rule(string name) => Assert.Empty(ManifestRules.Breaches(Overlay.Load(name)));

    [Theory]
    [InlineData("dev", 19)]
    [InlineData("gpu", 20)]
    public void An_overlay_has_the_objects_it_should(string name, int count)
    {
        var overlay = Overlay.Load(name);
        Assert.Equal(count, overlay.Objects.Count);
        Assert.Equal(2, overlay.All<V1Deployment>().Single(static item => item.Metadata.Name == "silo").Spec.Replicas);
        Assert.Single(overlay.All<V1Job>());
    }

    [Fact]
    public void The_gpu_pool_asks_for_a_gpu_and_belongs_to_the_same_cluster()
    {
        var overlay = Overlay.Load("gpu");
        var pool = PodTemplate.Of(overlay).Single(static pod => pod.Owner == "Deployment/silo-gpu");
        Assert.Equal("1", pool.Spec.Containers.Single().Resources.Limits["nvidia.com/gpu"].ToString());
        Assert.Contains(pool.Spec.Tolerations, static toleration => toleration.Key == "nvidia.com/gpu");
        Assert.True(pool.Matches(overlay.All<V1Service>().Single(static item => item.Metadata.Name == "tempera-gateway").Spec.Selector));
    }

    [Theory]
    [InlineData("readinessProbe:", "readynessProbe:")]
    [InlineData("replicas: 2", "replicas: two")]
    [InlineData("kind: PodDisruptionBudget", "kind: PodDisruptionBudgets")]
    [InlineData("policy/v1", "policy/v9")]
    [InlineData("terminationGracePeriodSeconds: 120", "terminationGracePeriodSecond: 120")]
    public void A_field_a_type_or_a_kind_that_does_not_exist_is_refused(string right, string wrong) =>
        Assert.ThrowsAny<Exception>(() => Overlay.Parse(Broken(right, wrong)));

    [Theory]
    [InlineData("terminationGracePeriodSeconds: 120", "terminationGracePeriodSeconds: 30", "less time to stop")]
    [InlineData("path: /health/ready", "path: /healthz", "not probed")]
    [InlineData("fieldPath: status.podIP", "fieldPath: status.hostIP", "status.podIP")]
    [InlineData("targetPort: gateway", "targetPort: gate", "leads to no container port")]
    [InlineData("serviceAccountName: tempera", "serviceAccountName: other", "missing ServiceAccount")]
    [InlineData("secretName: tempera", "secretName: other", "missing Secret")]
    [InlineData("/etc/tempera/secrets/redis", "/etc/tempera/secrets/redes", "which no secret holds")]
    [InlineData("mountPath: /tmp\n          name: tmp", "mountPath: /tmp\n          name: temp", "missing volume")]
    [InlineData("runAsNonRoot: true", "runAsNonRoot: false", "may run as root")]
    [InlineData("runAsUser: 10001", "runAsUser: 0", "may run as root")]
    [InlineData("type: RuntimeDefault", "type: Unconfined", "without seccomp")]
    [InlineData("allowPrivilegeEscalation: false", "allowPrivilegeEscalation: true", "with privileges")]
    [InlineData("readOnlyRootFilesystem: true", "readOnlyRootFilesystem: false", "with privileges")]
    [InlineData("            - ALL", "            - CHOWN", "with privileges")]
    [InlineData("image: tempera:0.1.0", "image: tempera:latest", "without a version")]
    [InlineData("image: redis:7.4.2", "image: redis", "without a version")]
    [InlineData("automountServiceAccountToken: false\n      containers", "automountServiceAccountToken: true\n      containers", "a token")]
    [InlineData("pod-security.kubernetes.io/enforce: restricted", "pod-security.kubernetes.io/enforce: baseline", "restricted policy")]
    [InlineData("port: 11111", "port: 11112", "no policy lets silo reach silo")]
    [InlineData("namespace: tempera", "namespace: default", "another namespace")]
    [InlineData("app.kubernetes.io/name: tempera\n      tempera.io/pool: cpu", "app.kubernetes.io/name: tempera\n      tempera.io/pool: any", "does not select its own pods")]
    public void A_broken_copy_is_noticed(string right, string wrong, string breach) => Assert.Contains(
        ManifestRules.Breaches(Overlay.Parse(Broken(right, wrong))), found => found.Contains(breach, StringComparison.Ordinal));

    private static string Broken(string right, string wrong)
    {
        var text = Overlay.Load("dev").Text;
        Assert.Contains(right, text);
        return text.Replace(right, wrong, StringComparison.Ordinal);
    }
}
