namespace Report12350.Load;

/// <summary>Whether two samples of times could come from one distribution: how likely a difference at least as large is by chance.</summary>
internal static class TwoSamples
{
    /// <summary>Mann-Whitney U, normal approximation with correction for ties: sees a shift.</summary>
    public static double MannWhitney(IReadOnlyList<double> one, IReadOnlyList<double> other)
    {
        double n = one.Count, m = other.Count, ranks = 0, ties = 0, passed = 0;
        foreach (var same in one.Select(t => (Time: t, One: true)).Concat(other.Select(t => (Time: t, One: false))).GroupBy(t => t.Time).OrderBy(g => g.Key))
        {
            double count = same.Count();
            ranks += same.Count(t => t.One) * (passed + ((count + 1) / 2));
            ties += (count * count * count) - count;
            passed += count;
        }

        var u = ranks - (n * (n + 1) / 2);
        var spread = Math.Sqrt(n * m / 12 * (n + m + 1 - (ties / ((n + m) * (n + m - 1)))));
        return 2 * Normal(-Math.Abs(u - (n * m / 2)) / spread);
    }

    /// <summary>Kolmogorov-Smirnov, asymptotic: sees a difference in shape.</summary>
    public static double KolmogorovSmirnov(IReadOnlyList<double> one, IReadOnlyList<double> other)
    {
        double[] a = [.. one.Order()], b = [.. other.Order()];
        var widest = 0.0;
        for (int i = 0, j = 0; i < a.Length && j < b.Length;)
        {
            var time = Math.Min(a[i], b[j]);
            while (i < a.Length && a[i] <= time)
                i++;
            while (j < b.Length && b[j] <= time)
                j++;
            widest = Math.Max(widest, Math.Abs(((double)i / a.Length) - ((double)j / b.Length)));
        }

        var size = Math.Sqrt((double)a.Length * b.Length / (a.Length + b.Length));
        var lambda = (size + 0.12 + (0.11 / size)) * widest;
        if (lambda < 0.2)
            return 1;
        var tail = Enumerable.Range(1, 100).Sum(k => (k % 2 == 1 ? 2 : -2) * Math.Exp(-2.0 * k * k * lambda * lambda));
        return Math.Clamp(tail, 0, 1);
    }

    /// <summary>Share of the standard normal distribution below z (Abramowitz and Stegun 26.2.17, error below 1e-7).</summary>
    private static double Normal(double z)
    {
        var t = 1 / (1 + (0.2316419 * Math.Abs(z)));
        var upper = Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI)
            * t * (0.319381530 + (t * (-0.356563782 + (t * (1.781477937 + (t * (-1.821255978 + (t * 1.330274429))))))));
        return z < 0 ? upper : 1 - upper;
    }
}
