# shellcheck shell=bash disable=SC2154
# The steps of compile. They run in the app's folder and know: cache, buildpack.

# What apps use of the JDK beside java.se; its tools stay behind.
modules=java.se,jdk.charsets,jdk.crypto.cryptoki,jdk.crypto.ec,jdk.dynalink,jdk.httpserver,jdk.jcmd,jdk.jdwp.agent,jdk.jfr,jdk.localedata
modules+=,jdk.management,jdk.management.agent,jdk.naming.dns,jdk.net,jdk.nio.mapmode,jdk.sctp,jdk.security.auth,jdk.security.jgss,jdk.unsupported,jdk.xml.dom,jdk.zipfs

# A line of system.properties, or else the second word.
property() {
  local value
  value=$(sed -nE "s/^[[:space:]]*${1//./\\.}[[:space:]]*=[[:space:]]*([^[:space:]]+).*/\1/p" system.properties 2>/dev/null | tail -n 1) || true
  echo "${value:-$2}"
}

# The JDK, and Debian's Maven where the app brings no wrapper: they share most of what they need.
install_tools() {
  local version packages
  version=$(property java.runtime.version 17)
  version=${version#1.}
  version=${version%%.*}
  [[ $version =~ ^[0-9]+$ ]] || fail "system.properties: java.runtime.version '$version' is no version; write the number of a release, such as 17"
  detail "Java $version"
  packages=("openjdk-$version-jdk-headless")
  if from_debian; then
    # Debian packages plugins and libraries as a repository: nothing of Maven Central is needed, nor looked at.
    packages+=(maven libmaven-{clean,compiler,resources,jar,install}-plugin-java libsurefire-java)
  elif [[ -f pom.xml && ! -f mvnw ]]; then
    packages+=(maven)
  elif [[ ! -f mvnw && ! -f gradlew ]]; then
    # Debian's own is of 2017, and works in no folder but its own.
    fail "gradlew is missing: the app says which Gradle builds it" "run 'gradle wrapper' and commit gradlew and gradle/wrapper"
  fi
  toolchain "$cache/tools" "${packages[@]}"
  JAVA_HOME=$(echo "$cache"/tools/usr/lib/jvm/java-"$version"-openjdk-*)
  export JAVA_HOME PATH=$JAVA_HOME/bin:$PATH
}

from_debian() { [[ $(property maven.repository central) == debian ]]; }

make_runtime() {
  local runtime=$cache/runtime key
  key="$modules $(<"$cache/tools/.complete")"
  if [[ ! -f $runtime/.complete || $(<"$runtime/.complete") != "$key" ]]; then
    rm -rf "$runtime"
    jlink --module-path "$JAVA_HOME/jmods" --add-modules "$modules" --strip-debug --no-header-files --no-man-pages --output "$runtime" 2>&1 | indent || fail "jlink failed: see its words above"
    echo "$key" >"$runtime/.complete"
  fi
  rm -rf .java
  cp -a "$runtime" .java
  rm .java/.complete
}

# Java reads certificates from a store of its own form.
trust_certificates() {
  local store=${TMPDIR:-/tmp}/trust.p12 options
  [[ -n ${SSL_CERT_FILE:-} ]] || return 0
  java "$buildpack/lib/Trust.java" "$SSL_CERT_FILE" "$store"
  options="-Djavax.net.ssl.trustStore=$store -Djavax.net.ssl.trustStorePassword=changeit"
  export MAVEN_OPTS="$options ${MAVEN_OPTS:-}" GRADLE_OPTS="$options ${GRADLE_OPTS:-}"
}

build_with_maven() {
  local command=(bash ./mvnw) repository=("-Dmaven.repo.local=$cache/repository") settings=${MAVEN_SETTINGS_PATH:-settings.xml}
  export MAVEN_USER_HOME=$cache/maven-home
  [[ -f mvnw ]] || command=("$cache/tools/usr/share/maven/bin/mvn")
  ! from_debian || repository=(--offline "-Dmaven.repo.local=$cache/tools/usr/share/maven-repo")
  command+=("${repository[@]}" --batch-mode -Dstyle.color=never -DskipTests -Dproject.build.outputTimestamp=1980-01-02T00:00:00Z)
  [[ ! -f $settings ]] || command+=(--settings "$settings")
  detail "${MAVEN_CUSTOM_GOALS:-package}"
  # shellcheck disable=SC2086
  "${command[@]}" ${MAVEN_CUSTOM_OPTS:-} ${MAVEN_CUSTOM_GOALS:-package} 2>&1 | indent || fail "Maven failed: see its words above"
  find . -path '*/target/*' \( -name maven-status -o -name maven-archiver \) -prune -exec rm -rf {} +
}

build_with_gradle() {
  local tasks=assemble
  ! grep -qsE '\bstage\b' build.gradle build.gradle.kts || tasks=stage
  tasks=${GRADLE_TASK:-$tasks}
  export GRADLE_USER_HOME=$cache/gradle-home
  detail "$tasks"
  # shellcheck disable=SC2086
  bash ./gradlew --no-daemon --console=plain --init-script "$buildpack/lib/reproducible.gradle" $tasks 2>&1 | indent || fail "Gradle failed: see its words above"
  rm -rf .gradle build/tmp
}

# Jars and wars that say where they start. One is the process web; of several each goes by its project's folder.
list_processes() {
  local file runnable=() name
  while IFS= read -r file; do
    ! unzip -p "$file" META-INF/MANIFEST.MF 2>/dev/null | grep -q '^Main-Class:' || runnable+=("$file")
  done < <(find . \( -path '*/target/*' -o -path '*/build/libs/*' \) \( -name '*.jar' -o -name '*.war' \) -not -name '*-sources.jar' -not -name '*-javadoc.jar' -not -name 'original-*' -printf '%P\n' | LC_ALL=C sort)
  if ((${#runnable[@]} == 0)); then
    [[ -f Procfile ]] || fail "no jar or war says where it starts" "give its manifest a Main-Class, or write a Procfile" >&2
    echo "--- {}"
    return
  fi
  printf -- '---\ndefault_process_types:\n'
  for file in "${runnable[@]}"; do
    name=${file%/target/*}
    name=${name%/build/libs/*}
    ((${#runnable[@]} > 1)) || name=web
    name=${name##*/}
    printf '  %s: java $JAVA_OPTS -Dserver.port=$PORT -jar %s\n' "${name//[^A-Za-z0-9_-]/-}" "$file"
  done
}
