package mimo.engine.redaction;

import java.util.ArrayList;
import java.util.List;

/// The table of keys that announce themselves by a prefix. A row is a name, a [Shape], and perhaps
/// the glue of a [SecretRule]; a name may have several rows. The shapes are those that the services
/// document, or that their keys show. `(a|b)` is either, and makes two rules of one row.
final class KnownKeys {

  private static final String CLOUDS =
      """
      aws-access-key       A[KS]IA[A-Z2-7]{16}$
      aws-access-key       A3T[A-Z0-9][A-Z2-7]{16}$
      aws-bedrock-key      ABSK[A-Za-z0-9+/]{109,}={0,2}
      aws-bedrock-key      bedrock-api-key-[A-Za-z0-9+/=]{20,}
      alibaba-key          LTAI[A-Za-z0-9]{17,24}$
      azure-client-secret  [0-9]Q~[A-Za-z0-9_~.-]{31,34} *
      cloudflare-key       v1\\.0-[a-f0-9]{24}-[a-f0-9]{146}
      databricks-token     dapi[a-f0-9]{32}
      digitalocean-token   do[oprv]_v1_[a-f0-9]{64}
      dynatrace-token      dt0[a-z][0-9]{2}\\.[A-Z0-9]{24}\\.[A-Z0-9]{64}
      fly-token            fo1_[A-Za-z0-9_-]{43}
      fly-token            fm[12][ar]?_[A-Za-z0-9+/=,]{100,}
      google-api-key       AIza[A-Za-z0-9_-]{35}
      google-oauth         GOCSPX-[A-Za-z0-9_-]{28}
      google-oauth         ya29\\.[A-Za-z0-9_-]{20,} _-
      heroku-key           HRKU-[A-Za-z0-9_-]{36,}
      ibm-key              ApiKey-[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9-]{17}
      netlify-token        nfp_[A-Za-z0-9]{36,}
      oracle-key           ocid1\\.credential\\.[a-z0-9.]{20,}
      pulumi-token         pul-[a-f0-9]{40}
      render-key           rnd_[A-Za-z0-9]{28,}
      scalingo-token       tk-us-[A-Za-z0-9_-]{48}
      supabase-key         sbp_[a-f0-9]{40}
      supabase-key         sb_secret_[A-Za-z0-9_-]{22,}
      tencent-key          AKID[A-Za-z0-9]{32}$
      terraform-token      \\.atlasv1\\.[A-Za-z0-9_=-]{60,}
      vault-token          hv[bsr]\\.[A-Za-z0-9_-]{24,}
      vercel-token         vc[ikpr]_[A-Za-z0-9]{24,}
      vercel-token         vercel_blob_rw_[A-Za-z0-9_]{20,}
      yandex-key           AQVN[A-Za-z0-9_-]{35,38}
      yandex-key           t1\\.[A-Z0-9a-z_-]{20,}={0,2}\\.[A-Z0-9a-z_-]{86}={0,2}
      """;

  private static final String CODE =
      """
      github-token         gh[opusr]_[A-Za-z0-9]{36,}
      github-pat           github_pat_[A-Za-z0-9_]{50,}
      gitlab-token         gl(pat|ptt|dt|rt|cbt|ft|imt|agent|soat|ffct|oas)-[A-Za-z0-9_.-]{20,}
      gitlab-token         GR1348941[A-Za-z0-9_-]{20}
      bitbucket-token      ATBB[A-Za-z0-9]{32}$
      atlassian-token      AT(ATT|CTT)3[A-Za-z0-9_=+/-]{60,}
      npm-token            npm_[A-Za-z0-9]{36}
      pypi-token           pypi-AgE[A-Za-z0-9_-]{50,}
      rubygems-key         rubygems_[a-f0-9]{48}
      clojars-token        CLOJARS_[a-z0-9]{60}
      nuget-key            oy2[a-z0-9]{43}$
      crates-token         cio[A-Za-z0-9]{32}$
      docker-token         dckr_[op]at_[A-Za-z0-9_-]{27,}
      jfrog-key            AKCp[A-Za-z0-9]{60,}
      jfrog-key            cmVmdGtuO[A-Za-z0-9]{55,}
      circleci-token       CCIPAT_[A-Za-z0-9]{22}_[a-f0-9]{40}
      buildkite-token      bk[au][a-z]?_[a-f0-9]{40}
      sonar-token          sq[apu]_[a-f0-9]{40}
      sourcegraph-token    sgp_[A-Za-z0-9_]{40,}
      snyk-token           snyk_[usp]at\\.[A-Za-z0-9.]{40,}
      octopus-key          API-[A-Z0-9]{26}$
      postman-key          PMAK-[a-f0-9]{24}-[a-f0-9]{34}
      launchdarkly-key     (api|sdk|mob)-[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9-]{17}
      doppler-token        dp\\.(pt|ct|sa|scim|audit)\\.[A-Za-z0-9]{40,}
      doppler-token        dp\\.st\\.[A-Za-z0-9_.-]{40,}
      infracost-key        ico-[A-Za-z0-9]{32}
      prefect-key          pn[bu]_[A-Za-z0-9]{36}
      readme-key           rdme_[a-z0-9]{70}
      sentry-token         sntry[su]_[A-Za-z0-9_+/=-]{40,}
      grafana-token        gl(c|sa)_[A-Za-z0-9+/_]{32,400}={0,3}
      newrelic-key         NR(AK|AL|RA|BR|II|IQ)-[A-Za-z0-9_-]{24,32}
      newrelic-key         NRJS-[a-f0-9]{19}
      openshift-token      sha256~[A-Za-z0-9_-]{43}
      onepassword-secret   A3-[A-Z0-9]{6}-[A-Z0-9]{6,11}-[A-Z0-9-]{17,23}
      onepassword-token    ops_eyJ[A-Za-z0-9+/]{100,}={0,3}
      age-key              AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}
      tailscale-key        tskey-[a-z]{2,12}-[A-Za-z0-9_-]{20,}
      """;

  private static final String MODELS =
      """
      anthropic-key        sk-ant-[A-Za-z0-9_-]{20,}
      openai-key           sk-(proj|svcacct|admin|or-v1|None|service)-[A-Za-z0-9_-]{32,}
      openai-key           sk-[A-Za-z0-9]{32,}
      cohere-key           co_[A-Za-z0-9]{40}$
      fireworks-key        fw_[A-Za-z0-9]{22,}
      groq-key             gsk_[A-Za-z0-9]{48,}
      huggingface-token    hf_[A-Za-z0-9]{32,}
      huggingface-token    api_org_[A-Za-z0-9]{32,}
      langsmith-key        lsv2_[ps][kt]_[a-f0-9]{32}_[a-f0-9]{10}
      nvidia-key           nvapi-[A-Za-z0-9_-]{60,}
      perplexity-key       pplx-[A-Za-z0-9]{40,}
      replicate-token      r8_[A-Za-z0-9]{37,}
      tavily-key           tvly-[A-Za-z0-9-]{28,}
      xai-key              xai-[A-Za-z0-9]{60,}
      """;

  private static final String SERVICES =
      """
      adobe-secret         p8e-[A-Za-z0-9]{32}
      airtable-token       pat[A-Za-z0-9]{14}\\.[a-f0-9]{64}
      contentful-token     CFPAT-[A-Za-z0-9_-]{43}
      discord-webhook      discord(app)?\\.com/api/webhooks/[0-9]{17,20}/[A-Za-z0-9_-]{60,}
      duffel-token         duffel_(test|live)_[A-Za-z0-9_=-]{43}
      easypost-key         EZ[AT]K[A-Za-z0-9]{54}
      facebook-token       EAA[A-Za-z0-9]{100,} +/
      figma-token          fig[dour]_[A-Za-z0-9_-]{40,}
      flutterwave-key      FLW(SECK|PUBK)_TEST-[A-Za-z0-9]{12,}
      flutterwave-key      FLWSECK-[A-Za-z0-9]{12,}
      frameio-token        fio-u-[A-Za-z0-9_=-]{64}
      intra42-secret       s-s4t2(ud|af)-[a-f0-9]{64}
      klaviyo-key          pk_[a-f0-9]{34}$
      linear-key           lin_(api|oauth)_[A-Za-z0-9]{40,}
      mailgun-key          key-[a-f0-9]{32}$
      mapbox-token         [ps]k\\.eyJ[A-Za-z0-9_-]{20,}\\.[A-Za-z0-9_-]{20,}
      notion-token         ntn_[A-Za-z0-9]{40,}
      notion-token         secret_[A-Za-z0-9]{43}$
      plaid-token          access-(sandbox|development|production)-[a-f0-9-]{36}
      planetscale-token    pscale_(tkn|oauth|pw)_[A-Za-z0-9_=.-]{32,}
      razorpay-key         rzp_(live|test)_[A-Za-z0-9]{14,}
      sendgrid-key         SG\\.[A-Za-z0-9_-]{16,32}\\.[A-Za-z0-9_-]{32,64}
      sendinblue-key       xkeysib-[a-f0-9]{64}-[A-Za-z0-9]{16}
      settlemint-token     sm_(aat|pat|sat)_[A-Za-z0-9]{16}
      shippo-token         shippo_(live|test)_[a-f0-9]{40}
      shopify-token        shp(at|ca|pa|ss)_[A-Fa-f0-9]{32}
      slack-token          xox[abeoprs]-[A-Za-z0-9-]{10,}
      slack-token          xoxe\\.xox[bp]-[A-Za-z0-9-]{10,}
      slack-token          xapp-[0-9]-[A-Za-z0-9-]{10,}
      slack-webhook        hooks\\.slack\\.com/(services|workflows|triggers)/[A-Za-z0-9+/]{40,}
      square-token         sq0(atp|csp|idp)-[A-Za-z0-9_-]{22,}
      square-token         EAAA[A-Za-z0-9_-]{60}
      stripe-key           [rs]k_(live|test|prod)_[A-Za-z0-9]{16,}
      stripe-secret        whsec_[A-Za-z0-9+/]{32,}={0,2}
      teams-webhook        webhook\\.office\\.com/webhookb2/[A-Za-z0-9@/-]{60,}
      telegram-token       /bot[0-9]{8,10}:AA[A-Za-z0-9_-]{32,35}
      twilio-key           SK[a-f0-9]{32}$
      typeform-token       tfp_[A-Za-z0-9_.-]{40,}
      zapier-webhook       hooks\\.zapier\\.com/hooks/catch/[0-9]{4,}/[a-z0-9]{6,}
      jwt                  eyJ[A-Za-z0-9_-]{8,}\\.eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,} _-
      """;

  private KnownKeys() {}

  /// The rules that apply to everything a run stores.
  static List<Detector> all() {
    var rules = new ArrayList<Detector>();
    for (var part : List.of(CLOUDS, CODE, MODELS, SERVICES)) {
      part.lines().map(SecretRule::parse).forEach(rules::addAll);
    }
    rules.add(new PrivateKey());
    return List.copyOf(rules);
  }
}
