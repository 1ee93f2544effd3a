<?php
/**
 * The page on which the administrator sets the server and the key.
 *
 * @package SoatGioi
 */

namespace SoatGioi;

defined( 'ABSPATH' ) || exit;

const PAGE = 'soat-gioi';

/** Add the page to the menu of settings. */
function options_menu() {
	add_options_page( 'Soát giới', 'Soát giới', 'manage_options', PAGE, __NAMESPACE__ . '\\options_page' );
}

/** Register the option; WordPress checks the nonce and the right to change it. */
function options_register() {
	if ( false === get_option( OPTION ) ) {
		// Not loaded with every page of the site, because of the key.
		add_option( OPTION, array(), '', 'no' );
	}
	register_setting(
		PAGE,
		OPTION,
		array(
			'type'              => 'array',
			'sanitize_callback' => __NAMESPACE__ . '\\options_clean',
			'show_in_rest'      => false,
		)
	);
}

/**
 * Return the link to the page, for the list of plugins.
 *
 * @param string[] $links Links.
 * @return string[]
 */
function options_link( $links ) {
	array_unshift( $links, sprintf( '<a href="%s">%s</a>', esc_url( options_address() ), esc_html( 'Cài đặt' ) ) );
	return $links;
}

/**
 * Return the address of the page.
 *
 * @return string
 */
function options_address() {
	return admin_url( 'options-general.php?page=' . PAGE );
}

/**
 * Return what is kept of a filled form; an empty key leaves the one that is there.
 *
 * @param mixed $given What was sent.
 * @return array<string, mixed>
 */
function options_clean( $given ) {
	$given = is_array( $given ) ? $given : array();
	$kept  = get_option( OPTION );
	$kept  = is_array( $kept ) ? $kept : array();
	$said  = is_string( $given['server'] ?? null ) ? trim( $given['server'] ) : '';
	// People copy the address of what they saw in the guide.
	$server = untrailingslashit( preg_replace( '~/v1(/checks)?/?$~', '', esc_url_raw( $said, array( 'http', 'https' ) ) ) );
	if ( '' !== $said && ! wp_parse_url( $server, PHP_URL_HOST ) ) {
		add_settings_error( OPTION, 'server', 'Địa chỉ máy chủ chưa đúng, ví dụ đúng: https://soatgioi.example.vn' );
		$server = $kept['server'] ?? '';
	}
	$key = is_string( $given['key'] ?? null ) ? trim( $given['key'] ) : '';
	if ( '' !== $key && ! preg_match( '~^ga_[A-Za-z0-9_-]{8,200}$~', $key ) ) {
		add_settings_error( OPTION, 'key', 'Khóa chưa đúng mẫu: khóa bắt đầu bằng ga_ và chỉ có chữ, số, dấu - và _. Khóa cũ được giữ nguyên.' );
		$key = '';
	}
	if ( '' === $key ) {
		$key = empty( $given['forget'] ) ? (string) ( $kept['key'] ?? '' ) : '';
	}
	return array(
		'server'      => (string) $server,
		'key'         => $key,
		'hold'        => ! empty( $given['hold'] ),
		'unreachable' => 'hold' === ( $given['unreachable'] ?? '' ) ? 'hold' : 'pass',
	);
}

/** Write the page. */
function options_page() {
	if ( ! current_user_can( 'manage_options' ) ) {
		return;
	}
	$settings = settings();
	$fixed    = defined( 'SOAT_GIOI_KEY' );
	?>
	<div class="wrap">
		<h1><?php echo esc_html( get_admin_page_title() ); ?></h1>
		<?php options_tried(); ?>
		<form action="options.php" method="post">
			<?php settings_fields( PAGE ); ?>
			<table class="form-table" role="presentation">
				<tr>
					<th scope="row"><label for="soat-gioi-server">Địa chỉ máy chủ</label></th>
					<td>
						<input type="url" class="regular-text" id="soat-gioi-server" name="soat_gioi[server]" value="<?php echo esc_attr( $settings['server'] ); ?>" placeholder="https://soatgioi.example.vn">
						<p class="description">Địa chỉ máy chủ soát giới, không cần thêm /v1. Ngoài mạng nội bộ xin dùng https.</p>
					</td>
				</tr>
				<tr>
					<th scope="row"><label for="soat-gioi-key">Khóa của tòa soạn</label></th>
					<td>
						<?php if ( $fixed ) : ?>
							<p><code><?php echo esc_html( shown_key( $settings['key'] ) ); ?></code> đặt trong wp-config.php (SOAT_GIOI_KEY).</p>
						<?php else : ?>
							<input type="password" class="regular-text" id="soat-gioi-key" name="soat_gioi[key]" value="" autocomplete="new-password" spellcheck="false">
							<p class="description">
								<?php if ( '' !== $settings['key'] ) : ?>
									Đang dùng khóa <code><?php echo esc_html( shown_key( $settings['key'] ) ); ?></code>. Để trống để giữ khóa này.
									<br><label><input type="checkbox" name="soat_gioi[forget]" value="1"> Xóa khóa đang dùng</label>
								<?php else : ?>
									Khóa dạng ga_…, do nơi quản lý máy chủ cấp. Khóa không được hiện lại và không gửi tới trình duyệt của người viết.
								<?php endif; ?>
							</p>
						<?php endif; ?>
					</td>
				</tr>
				<tr>
					<th scope="row">Giữ bài</th>
					<td>
						<label><input type="checkbox" name="soat_gioi[hold]" value="1" <?php checked( $settings['hold'] ); ?>> Không cho đăng bài mà cổng báo “<?php echo esc_html( GATES['block'] ); ?>”</label>
						<p class="description">Bỏ dấu này thì bài vẫn được soát và ghi kết quả, nhưng không bài nào bị giữ.</p>
					</td>
				</tr>
				<tr>
					<th scope="row">Khi không soát được</th>
					<td>
						<fieldset>
							<legend class="screen-reader-text">Khi không soát được</legend>
							<label><input type="radio" name="soat_gioi[unreachable]" value="pass" <?php checked( $settings['unreachable'], 'pass' ); ?>> Vẫn cho đăng, kèm lời ghi là bài chưa được soát</label><br>
							<label><input type="radio" name="soat_gioi[unreachable]" value="hold" <?php checked( $settings['unreachable'], 'hold' ); ?>> Giữ bài đến khi soát được</label>
							<p class="description">Áp dụng khi máy chủ không trả lời, đang bận, hết hạn mức hoặc không nhận khóa.</p>
						</fieldset>
					</td>
				</tr>
			</table>
			<?php submit_button( 'Lưu thay đổi' ); ?>
		</form>
		<?php if ( configured() ) : ?>
			<form action="<?php echo esc_url( admin_url( 'admin-post.php' ) ); ?>" method="post">
				<input type="hidden" name="action" value="soat_gioi_try">
				<?php wp_nonce_field( 'soat_gioi_try' ); ?>
				<?php submit_button( 'Thử gọi máy chủ', 'secondary', 'try', false ); ?>
			</form>
		<?php endif; ?>
	</div>
	<?php
}

/** Try the server with a sentence of our own, and go back to the page. */
function options_try() {
	if ( ! current_user_can( 'manage_options' ) ) {
		wp_die( esc_html( 'Bạn không có quyền làm việc này.' ), '', array( 'response' => 403 ) );
	}
	check_admin_referer( 'soat_gioi_try' );
	$result = check( article( 0, 'Thử máy chủ', 'Hội nghị bàn việc làm đường vào thôn trong quý tới.', '', 0 ) );
	set_transient( 'soat_gioi_tried_' . get_current_user_id(), $result, MINUTE_IN_SECONDS );
	wp_safe_redirect( options_address() );
	exit;
}

/** Say how the trial of the server ended. */
function options_tried() {
	$name   = 'soat_gioi_tried_' . get_current_user_id();
	$result = get_transient( $name );
	if ( ! is_array( $result ) ) {
		return;
	}
	delete_transient( $name );
	printf(
		'<div class="notice notice-%s"><p>%s</p></div>',
		esc_attr( $result['checked'] ? 'success' : 'error' ),
		esc_html(
			$result['checked']
				/* translators: 1: version of the engine, 2: version of the rulebook. */
				? sprintf( 'Máy chủ trả lời tốt: bản %1$s, bộ quy tắc %2$s.', $result['engine'], $result['rulebook'] )
				: $result['trouble']
		)
	);
}
